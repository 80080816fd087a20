-- Tweet chats: a session's run sheet, what of it went out, and through which accounts.

create table chat (
  session_id   uuid        primary key references session_head (session_id) on delete cascade,
  meeting      uuid        not null references meeting (id),
  guests       text[]      not null default '{}',
  -- The network accounts its prompts go out through; none = in the hall only.
  accounts     uuid[]      not null default '{}',
  wall_paused  boolean     not null default false,
  -- Since when anybody may read the transcript.
  published_at timestamptz
);

create table chat_prompt (
  id         uuid        primary key,
  session_id uuid        not null references chat (session_id) on delete cascade,
  kind       text        not null check (kind in ('welcome', 'prompt', 'wrapup')),
  -- Follows the order in which prompts go out, and stays once it did.
  number     int         check (number between 1 and 99),
  text       text        not null,
  -- What differs, by network.
  texts      json        not null default '{}',
  -- Absent = when the host says so.
  planned_at timestamptz,
  state      text        not null check (state in ('planned', 'out', 'skipped', 'missed')),
  out_at     timestamptz,
  check ((state = 'out') = (out_at is not null))
);

create index chat_prompt_session on chat_prompt (session_id);
create index chat_prompt_due on chat_prompt (planned_at) where state = 'planned';

-- What is sent of a prompt through an account. The row, with the identity that the network knows the
-- post by, is committed before anything is sent; a row that a node has taken is another's to take,
-- as one that may have been sent, when the lease is over (by the database's clock).
create table chat_outbox (
  prompt      uuid        not null references chat_prompt (id) on delete cascade,
  account     uuid        not null,
  session_id  uuid        not null references chat (session_id) on delete cascade,
  network     text        not null,
  handle      text,
  identity    text        not null,
  text        text        not null,
  language    text,
  state       text        not null check (state in
                ('reserved', 'sending', 'sent', 'refused', 'waiting', 'unknown', 'missed')),
  problem     text,
  reserved_at timestamptz not null,
  -- Absent = when the host says so.
  due_at      timestamptz,
  tries       int         not null default 0,
  tried_at    timestamptz,
  holder      uuid,
  held_until  timestamptz,
  post_id     text,
  url         text,
  reference   json,
  sent_at     timestamptz,
  primary key (prompt, account),
  check ((state = 'sent') = (post_id is not null))
);

create index chat_outbox_session on chat_outbox (session_id);
create index chat_outbox_due on chat_outbox (due_at)
  where state in ('reserved', 'sending', 'waiting', 'unknown');
create index chat_outbox_post on chat_outbox (network, post_id) where post_id is not null;

-- Two more scenes: the wall of posts, and the prompt with its answers.
alter table stage drop constraint stage_scene_check;
alter table stage add constraint stage_scene_check
  check (scene in ('join', 'stage', 'top', 'wall', 'prompt'));
