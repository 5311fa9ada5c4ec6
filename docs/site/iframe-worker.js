// Search runs in a worker, and no browser starts one from file://. There a hidden frame does what the worker would do,
// with the page's own origin. The plugin `offline` would load such a script from the network: any address with this file's
// name in it stands in for that.
if (location.protocol === "file:") {
  window.Worker = class extends EventTarget {
    constructor(url) {
      super();
      const frame = document.createElement("iframe");
      frame.hidden = true;
      const script = document.createElement("script");
      script.src = new URL(url, location.href);
      frame.srcdoc = script.outerHTML;
      this.inside = new Promise((ready) => frame.addEventListener("load", () => ready(frame.contentWindow)));
      this.inside.then((inside) => {
        inside.postMessage = (data) => this.dispatchEvent(new MessageEvent("message", { data }));
      });
      document.documentElement.append(frame);
    }

    postMessage(data) {
      this.inside.then((inside) => inside.dispatchEvent(new inside.MessageEvent("message", { data })));
    }
  };
}
