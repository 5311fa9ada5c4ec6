# docker build -t ligandkb .
# docker run --rm ligandkb rank
# docker run --rm -v "$PWD:/lab" -v ligandkb:/data ligandkb rank --data my-lab/ -o ranking.html
FROM python:3.13-slim AS wheel
WORKDIR /source
COPY . .
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheels .

FROM python:3.13-slim
# RDKit draws with these; the slim image lacks them.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libxrender1 libxext6 libexpat1 \
    && rm -rf /var/lib/apt/lists/*
COPY --from=wheel /wheels /wheels
RUN pip install --no-cache-dir "$(echo /wheels/*.whl)[excel,screen]" && rm -r /wheels
# What is recorded and computed outlasts the container in a volume; nothing runs as root.
RUN useradd --uid 1000 --create-home chemist && mkdir /data /lab && chown chemist /data /lab
USER chemist
ENV LIGANDKB_DB=/data/outcomes.sqlite LIGANDKB_CACHE=/data/cache
VOLUME /data
WORKDIR /lab
ENTRYPOINT ["ligandkb"]
CMD ["rank"]
