-- Some of what a person asks for turns out too large only when the rows are known. A statement of the read path then ends with
-- a reason that is meant for that person: the code tells it from a fault.
create function refused(reason text) returns text language plpgsql as $$
begin
  raise exception using errcode = 'CG400', message = reason;
end
$$;
