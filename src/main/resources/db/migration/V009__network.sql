-- Accounts on networks, the posts that come through them, and questions that were posts.

create table network_account (
  id           uuid        primary key,
  meeting      uuid        not null references meeting (id),
  network      text        not null check (network in ('bluesky', 'mastodon', 'x')),
  server       text,
  handle       text,
  -- Secrets, as good as the database is kept: never in an answer, a log or an export.
  credentials  json        not null,
  settings     json        not null default '{}',
  -- Whether its connector runs, and whether prompts may be posted by it.
  reads        boolean     not null,
  posts        boolean     not null,
  created_at   timestamptz not null,
  -- Counts take-overs: who stores news names the number it was given, so that a node that was
  -- thought dead and was only slow stores nothing any more.
  fence        bigint      not null default 0,
  cursor       json,
  -- How its connector stands, as the node that runs it said last.
  state        text        not null default 'off',
  problem      text,
  told_at      timestamptz,
  figures      json        not null default '{}',
  spent_month  date,
  spent_micros bigint      not null default 0
);

create index network_account_meeting on network_account (meeting, id);

-- Every post once, whatever it came through. A deletion may be told before the post: then the row
-- is a tombstone that the post finds. What was deleted keeps no text and no name.
create table post (
  id            uuid        primary key,
  network       text        not null,
  native_id     text        not null,
  revision      bigint      not null,
  local_id      text,
  writer_id     text,
  writer_handle text,
  writer_name   text,
  text          text        not null default '',
  language      text,
  url           text,
  posted_at     timestamptz not null,
  edited        boolean     not null default false,
  reply_to      text,
  thread        text,
  repost_of     text,
  -- Matching keys, and beside them how they were written.
  tags          text[]      not null default '{}',
  tags_written  text[]      not null default '{}',
  mentions      text[]      not null default '{}',
  links         text[]      not null default '{}',
  seen_at       timestamptz not null,
  deleted_at    timestamptz,
  unique (network, native_id)
);

create index post_writer on post (network, writer_id);
create index post_tombstone on post (deleted_at) where deleted_at is not null;

-- The meetings that a post was found for. What is due is told to the meeting's sessions by a
-- command of each; what changed meanwhile has another number and stays due.
create table post_meeting (
  meeting   uuid        not null references meeting (id),
  post      uuid        not null references post (id) on delete cascade,
  posted_at timestamptz not null,
  due       boolean     not null default true,
  changes   integer     not null default 1,
  primary key (meeting, post)
);

create index post_meeting_time on post_meeting (meeting, posted_at, post);
create index post_meeting_due on post_meeting (meeting, post) where due;
create index post_meeting_post on post_meeting (post);

-- An account that went away: what it wrote is not shown, also when it arrives later.
create table post_writer_gone (
  network   text        not null,
  writer_id text        not null,
  at        timestamptz not null,
  primary key (network, writer_id)
);

-- When something may be missing, for good.
create table post_gap (
  id      uuid        primary key,
  meeting uuid        not null references meeting (id),
  network text        not null,
  account uuid,
  since   timestamptz not null,
  until   timestamptz not null,
  why     text        not null
);

create index post_gap_meeting on post_gap (meeting, since);

-- A post in a session's queue is a question that was not asked but found. Where it is to go:
-- among the questions, to a prompt's answers, or to the wall.
alter table question
  add column post    uuid,
  -- {"handle": …, "url": …}: what it is shown with beside its author's name.
  add column origin  json,
  add column place   text not null default 'question' check (place in ('question', 'answer', 'wall')),
  add column prompt  uuid,
  -- How the prompt was found: thread, label, time (a guess), or by hand.
  add column matched text check (matched in ('thread', 'label', 'time', 'hand')),
  add check (place = 'answer' or prompt is null);

create unique index question_post on question (post, session_id) where post is not null;
create index question_prompt on question (prompt) where prompt is not null;
