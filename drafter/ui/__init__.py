"""The web page: Gradio, one module per page, and every word it says in `words`."""
