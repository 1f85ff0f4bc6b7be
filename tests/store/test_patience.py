"""Nobody waits longer for a connection than for a turn."""

from sqlalchemy import QueuePool, make_url

from store.engine import PATIENCE, postgres_engine


def test_a_pool_that_is_used_up_is_waited_for_no_longer_than_a_writer() -> None:
    pool = postgres_engine(make_url("postgresql+psycopg://somebody@127.0.0.1:1/none")).pool
    assert isinstance(pool, QueuePool)
    assert pool.timeout() == PATIENCE
