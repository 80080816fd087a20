-- Meetings, their sessions, the codes that lead to them, and agenda imports.

create table meeting (
  id         uuid primary key,
  name       text        not null,
  time_zone  text        not null,
  starts_on  date,
  ends_on    date,
  hashtags   text[]      not null default '{}',
  rules      jsonb       not null,
  join_code  text        not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

create table session (
  id            uuid primary key,
  meeting       uuid        not null references meeting (id),
  external_id   text,
  title         text        not null,
  abstract      text,
  speakers      text[]      not null default '{}',
  room          text,
  track         text,
  language      text,
  url           text,
  starts_at     timestamptz,
  ends_at       timestamptz,
  hashtags      text[]      not null default '{}',
  state         text        not null check (state in ('scheduled', 'open', 'live', 'closed')),
  -- The last change of state by hand. A boundary of the times acts only if it is later.
  state_set_at  timestamptz,
  -- When the clock has to look at it again: the next boundary of its times, or at once when what
  -- it shows of its meeting changed.
  next_change   timestamptz,
  join_code     text        not null,
  -- Since when the agenda's file does not name it any more.
  missing_since timestamptz,
  created_at    timestamptz not null,
  updated_at    timestamptz not null,
  check (ends_at is null or (starts_at is not null and ends_at > starts_at)),
  unique (meeting, external_id)
);

create index session_agenda on session (meeting, coalesce(starts_at, 'infinity'::timestamptz), id);
create index session_due on session (next_change) where next_change is not null;

-- One table for the codes of meetings and sessions makes them unique over both. Codes are never
-- used again, so an old photograph of a screen cannot lead into another room.
create table join_code (
  code       text primary key check (code ~ '^[2-9A-HJKMNP-Z]{6}$'),
  meeting    uuid        not null,
  session    uuid,
  created_at timestamptz not null
);

create table agenda_import (
  id           uuid primary key,
  meeting      uuid        not null references meeting (id),
  state        text        not null check (state in ('running', 'done', 'failed')),
  format       text        not null,
  done         integer     not null default 0,
  total        integer     not null,
  changes      jsonb       not null,
  problems     jsonb       not null default '[]',
  created_at   timestamptz not null,
  heartbeat_at timestamptz not null
);

-- One import of a meeting at a time.
create unique index agenda_import_running on agenda_import (meeting) where state = 'running';

alter table invitation add foreign key (meeting) references meeting (id);
alter table role_grant add foreign key (meeting) references meeting (id);
