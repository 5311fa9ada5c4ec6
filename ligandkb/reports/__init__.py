"""How is an answer shown?

Terminal tables, plain text, Markdown, CSV and JSON. Markup never touches data: cells are literal text,
and control characters are shown, never sent.
"""
