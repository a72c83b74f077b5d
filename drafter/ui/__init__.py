"""The web page: Gradio serves it; one module per page, every word in `words`, every shape in `templates`."""
