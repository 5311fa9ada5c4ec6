"""How is an answer shown?

A content file fills a :class:`~ligandkb.reports.document.Document`, and four renderers show it: text, Markdown, HTML
and JSON, rows as CSV, too. Markup never touches data: cells are literal text, and control characters are shown, never
sent.
"""
