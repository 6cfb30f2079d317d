"""The pages of the service: what people see in a browser. They compute nothing."""
