-- Which run of the import's work is the newest. Jobs do run twice: one that lost its lease and fails late must not end what a newer run is doing.
ALTER TABLE workload_import ADD COLUMN run integer NOT NULL DEFAULT 0 CHECK (run >= 0);
