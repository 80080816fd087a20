-- What the live engine keeps: heads, versioned entities, idempotency keys.

create table meta (
  key   text primary key,
  value text not null
);

-- Equality of epochs says that two positions belong to the same history; a restore makes a new one.
insert into meta (key, value) values ('epoch', gen_random_uuid()::text);

-- Alone in its table: every commit updates it, and its row lock orders a session's commits.
create table session_head (
  session_id   uuid primary key,
  version      bigint not null default 0,
  purged_below bigint not null default 0
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);

-- views: who may see it now; shown: who ever saw it (only grows); owner: the one who sees it alone.
-- A body of null is a tombstone. The type json keeps the text as it was written, so every node
-- sends the same bytes.
create table live_entity (
  session_id uuid        not null,
  key        text        not null,
  version    bigint      not null,
  views      integer     not null,
  shown      integer     not null,
  owner      uuid,
  body       json,
  at         timestamptz not null,
  primary key (session_id, key)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);

create index live_entity_since on live_entity (session_id, version);
create index live_entity_tombstone on live_entity (at) where body is null;

create table command_key (
  session_id uuid        not null,
  principal  uuid        not null,
  key        text        not null,
  body_hash  text        not null,
  result     json        not null,
  at         timestamptz not null,
  primary key (session_id, principal, key)
);

create index command_key_age on command_key (at);
