-- How a meeting looks: its colour for light and for dark pages, and its logo. And how it goes.

alter table meeting
  add column accent      text check (accent ~ '^#[0-9a-f]{6}$'),
  add column accent_dark text check (accent_dark ~ '^#[0-9a-f]{6}$'),
  -- Names the logo's content, so that another one has another address.
  add column logo        text,
  -- Whether it is the demo's, which may go at a press of a button.
  add column sample      boolean not null default false;

create table meeting_logo (
  meeting    uuid primary key references meeting (id),
  media_type text        not null check (media_type in ('image/png', 'image/jpeg', 'image/webp')),
  body       bytea       not null check (octet_length(body) <= 1048576),
  updated_at timestamptz not null
);

-- The moderation log is only ever added to, until its whole meeting is erased.
create or replace function refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and current_setting('plenary.erasing', true) = 'on' then
    return old;
  end if;
  raise exception 'the moderation log is only ever added to';
end
$$;
