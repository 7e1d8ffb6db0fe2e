"""How PostgreSQL raises the number: at the commit, behind everything else.

Whoever updates the one row of the generation keeps the others waiting. Were that done at once,
it would last as long as the transaction, and two that want each other's posts would lock each
other out. So each change only asks, at the commit, and the asking has a deferred trigger of its
own: that runs when all others have, the checks of foreign keys too. Nothing is waited for with
the row in hand.
"""

from collections.abc import Iterator

from publication.generation.terms import Table

BEGINNINGS = (
    "CREATE UNLOGGED TABLE IF NOT EXISTS publication_raising (transaction bigint)",
    # Once in a transaction is enough: the setting lasts as long as that.
    """
    CREATE OR REPLACE FUNCTION publication_ask_to_raise() RETURNS void AS $$
    BEGIN
        IF current_setting('passim.raising', true) IS DISTINCT FROM txid_current()::text THEN
            PERFORM set_config('passim.raising', txid_current()::text, true);
            INSERT INTO publication_raising VALUES (txid_current());
        END IF;
    END $$ LANGUAGE plpgsql
    """,
    """
    CREATE OR REPLACE FUNCTION publication_raise() RETURNS trigger AS $$
    BEGIN
        DELETE FROM publication_raising WHERE transaction = NEW.transaction;
        INSERT INTO publication_generation AS kept (id, number)
            VALUES (1, (extract(epoch FROM clock_timestamp()) * 1000)::bigint)
            ON CONFLICT (id) DO UPDATE SET number = greatest(kept.number + 1, EXCLUDED.number);
        RETURN NULL;
    END $$ LANGUAGE plpgsql
    """,
    """
    CREATE OR REPLACE FUNCTION publication_truncated() RETURNS trigger AS $$
    BEGIN
        PERFORM publication_ask_to_raise();
        RETURN NULL;
    END $$ LANGUAGE plpgsql
    """,
    "DROP TRIGGER IF EXISTS publication_raised ON publication_raising",
    """
    CREATE CONSTRAINT TRIGGER publication_raised AFTER INSERT ON publication_raising
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION publication_raise()
    """,
)


def beginnings() -> Iterator[str]:
    """What is needed once, before any table is watched."""
    yield from BEGINNINGS


def watched(table: Table) -> Iterator[str]:
    name = f"{table.name}_seen"
    yield f"""
        CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$
        BEGIN
            IF TG_OP <> 'INSERT' AND {table.condition("OLD")} THEN
                PERFORM publication_ask_to_raise();
            ELSIF TG_OP <> 'DELETE' AND {table.condition("NEW")} THEN
                PERFORM publication_ask_to_raise();
            END IF;
            RETURN NULL;
        END $$ LANGUAGE plpgsql
    """
    yield (
        f"CREATE CONSTRAINT TRIGGER {name} AFTER INSERT OR UPDATE OR DELETE ON {table.name}"
        f" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION {name}()"
    )
    yield (
        f"CREATE TRIGGER {name}_truncate AFTER TRUNCATE ON {table.name}"
        " FOR EACH STATEMENT EXECUTE FUNCTION publication_truncated()"
    )


def unwatched(table: Table) -> Iterator[str]:
    name = f"{table.name}_seen"
    yield f"DROP TRIGGER IF EXISTS {name} ON {table.name}"
    yield f"DROP TRIGGER IF EXISTS {name}_truncate ON {table.name}"
    yield f"DROP FUNCTION IF EXISTS {name}()"
