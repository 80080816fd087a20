-- What the hall and the podium see: the stage, messages to the podium, claims; and pausing new questions.

create table stage (
  session_id    uuid        primary key references session_head (session_id) on delete cascade,
  scene         text        check (scene in ('join', 'stage', 'top')),
  blackout      boolean     not null,
  frozen        boolean     not null,
  -- Whether the podium has "next" and "skip".
  chair         boolean     not null,
  cue           uuid,
  cued_by       text,
  cued_at       timestamptz,
  -- Set by hand: when it runs out, or, while it is paused, what is left. Neither = the session's end.
  clock_ends_at timestamptz,
  clock_left_ms bigint,
  changed_by    text        not null,
  changed_at    timestamptz not null,
  -- Of the entity `desk`, which a moderator may have seen.
  version       bigint      not null,
  check (clock_ends_at is null or clock_left_ms is null),
  check ((cue is null) = (cued_by is null) and (cue is null) = (cued_at is null))
);

create table stage_message (
  id          uuid        primary key,
  session_id  uuid        not null references session_head (session_id) on delete cascade,
  text        text        not null,
  sent_by     text        not null,
  sent_at     timestamptz not null,
  received_by text,
  received_at timestamptz,
  -- Withdrawn, or crowded out by newer ones.
  gone_at     timestamptz
);

create index stage_message_live on stage_message (session_id, id) where gone_at is null;

create table question_claim (
  question_id uuid        primary key references question (id) on delete cascade,
  session_id  uuid        not null references session_head (session_id) on delete cascade,
  holder      uuid        not null,
  name        text        not null,
  since       timestamptz not null,
  expires_at  timestamptz not null
);

create index question_claim_expiry on question_claim (expires_at);

alter table session add column asking_paused boolean not null default false;
