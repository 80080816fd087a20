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
-- A tally is written again with every batch of votes. No index has a column that such a write
-- changes, so that it stays within the page (a HOT update) and the next one takes its place: of
-- the version there are only its steps of 256, and a reader filters what an index entry is too much.
create table live_entity (
  session_id uuid        not null,
  key        text        not null,
  version    bigint      not null,
  step       bigint      not null generated always as (version >> 8) stored,
  views      integer     not null,
  shown      integer     not null,
  owner      uuid,
  body       json,
  dropped_at timestamptz,
  primary key (session_id, key),
  check ((body is null) = (dropped_at is not null))
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);

create index live_entity_since on live_entity (session_id, step);
create index live_entity_tombstone on live_entity (dropped_at) where dropped_at is not null;

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
