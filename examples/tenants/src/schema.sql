CREATE TABLE IF NOT EXISTS origins (
    tenant TEXT NOT NULL,
    pattern TEXT NOT NULL,
    PRIMARY KEY (tenant, pattern)
) STRICT, WITHOUT ROWID;

-- Here and not in the program: whoever writes, the list of a tenant stays small enough to be read at once.
CREATE TRIGGER IF NOT EXISTS enough_origins BEFORE INSERT ON origins
WHEN (SELECT count(*) FROM origins WHERE tenant = NEW.tenant AND pattern <> NEW.pattern) >= 100
BEGIN
    SELECT RAISE(ABORT, 'a tenant has at most 100 origins');
END;
