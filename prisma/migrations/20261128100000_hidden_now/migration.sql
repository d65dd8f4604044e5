-- What readers may not see now, the past does not show them either.

-- A claim that was published, then deleted, can come back as a draft. Few records come back hidden, and they are looked up for
-- each revision that readers are shown.
create index revision_back_hidden on revision (record_id, seq)
  where not public and version > 1 and action in ('CREATED', 'RESTORED');

-- The hash of a text as far as readers may know it: they filter by this. Whoever has guessed a text could confirm it by its hash.
create index source_readable_sha256 on source ((case when text_access = 'PUBLIC' then content_sha256 end));

-- What a patch does not tell readers. Which claims a link leads to is shown by `relations`, to those who may see both ends;
-- which text a source had, by the source, to those who may read it.
create or replace function readable_patch(patch jsonb) returns jsonb language sql immutable strict parallel safe as $$
  select coalesce(jsonb_agg(
      case when step ->> 'path' = '' and jsonb_typeof(step -> 'value') = 'object'
        then jsonb_set(step, '{value}', (step -> 'value') - '{relations,contentSha256}'::text[])
        else step
      end order by place), '[]')
    from jsonb_array_elements(patch) with ordinality as steps(step, place)
    where step ->> 'path' not like '/relations%' and step ->> 'path' <> '/contentSha256'
$$;
