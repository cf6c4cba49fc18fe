"""What all tables share: the metadata with the names of constraints, and types of ids and names."""

from __future__ import annotations

from sqlalchemy import Column, MetaData, String, Table

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

compatible = Table("compatible", metadata, Column("version", String(32), primary_key=True))
"""The versions of the store that may work here although it has been brought on to a later one. A
migration after which that goes well writes the version before it here; any other empties this."""

ID = String(64)
NAME = String(200)
