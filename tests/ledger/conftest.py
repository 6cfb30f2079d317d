from tests.ledger.stores import clock, postgresql_url, sqlite_path, store, store_url

__all__ = ["clock", "postgresql_url", "sqlite_path", "store", "store_url"]
