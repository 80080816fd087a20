-- Who deletes a post means all of it, also the wording that a moderator gave it: the log keeps who did
-- what, without the words. Nothing else of an entry can be changed.

create or replace function refuse_change() returns trigger language plpgsql as $$
begin
  if current_setting('plenary.erasing', true) = 'on' then
    if tg_op = 'DELETE' then
      return old;
    end if;
    if to_jsonb(new) - 'changes' = to_jsonb(old) - 'changes' then
      return new;
    end if;
  end if;
  raise exception 'the moderation log is only ever added to';
end
$$;

create function forget_words(session uuid, questions text[]) returns void language plpgsql as $$
begin
  perform set_config('plenary.erasing', 'on', true);
  update moderation_log l set changes = (
    select json_agg(
      case when c ->> 'id' = any(questions) then (
        select json_object_agg(k, case when v::jsonb ? 'text' and k in ('from', 'to')
          then jsonb_set(v::jsonb, '{text}', '""')::json else v end)
        from json_each(c) as field (k, v))
      else c end order by n)
    from json_array_elements(l.changes) with ordinality as change (c, n))
  where l.session_id = session and exists (
    select 1 from json_array_elements(l.changes) as change (c)
    where c ->> 'id' = any(questions)
      and coalesce(c -> 'from' ->> 'text', c -> 'to' ->> 'text', '') <> '');
  perform set_config('plenary.erasing', 'off', true);
end
$$;
