"""What goes in and comes out over HTTP, as models: strict for requests, and described for the API."""
