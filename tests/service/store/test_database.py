"""One database for many threads: who only wants to read is held up by nobody who writes."""

import threading

from sqlalchemy import text

from service.store.database import CONNECTIONS


def test_a_reader_finds_a_connection_however_many_want_to_write(database):
    let_go, inside, written = threading.Event(), threading.Event(), []

    def write():
        with database.write():
            inside.set()
            let_go.wait()
            written.append(threading.get_ident())

    writers = [threading.Thread(target=write) for _ in range(CONNECTIONS + 1)]
    for writer in writers:
        writer.start()
    inside.wait()
    try:
        with database.read() as connection:
            assert connection.execute(text("SELECT 1")).scalar_one() == 1
            assert written == []
    finally:
        let_go.set()
        for writer in writers:
            writer.join()
    assert len(written) == len(writers)
