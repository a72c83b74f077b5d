"""`python app.py` opens the page and the API on 127.0.0.1:7860, as `drafter serve` does."""

from drafter.serve import serve

if __name__ == "__main__":
    serve()
