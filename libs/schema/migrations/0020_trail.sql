-- The trail: what happened, append-only and tamper-evident (domain.md section 2; RFC 6962 tree per organization).
-- A business transaction writes trail_entry and trail_pending; the sequencer gives pending entries their place in the tree.

-- `entry` is canonical JSON and its exact bytes are the leaf. It holds the SHA-256 of `disclosure` (payload, name of the actor, salt),
-- so that the content can be shown or withheld without touching the tree. The other columns repeat parts of `entry` for searching.
CREATE TABLE trail_entry (
  tenant_id   uuid NOT NULL REFERENCES organization (tenant_id),
  id          uuid NOT NULL,
  at          timestamptz(3) NOT NULL,
  action      text NOT NULL CHECK (length(action) BETWEEN 5 AND 120),
  actor_type  text NOT NULL CHECK (actor_type IN ('member', 'api_key', 'system')),
  actor_id    text NOT NULL CHECK (length(actor_id) BETWEEN 1 AND 64),
  object_type text NOT NULL CHECK (length(object_type) BETWEEN 1 AND 64),
  object_id   text NOT NULL CHECK (length(object_id) BETWEEN 1 AND 200),
  workload_id uuid,
  entry       text NOT NULL CHECK (octet_length(entry) <= 65535),
  disclosure  text NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
-- Ids are made from the instant and a counter, so that their order is the order of time.
CREATE INDEX trail_entry_workload_idx ON trail_entry (tenant_id, workload_id, id) WHERE workload_id IS NOT NULL;
CREATE INDEX trail_entry_object_idx ON trail_entry (tenant_id, object_id, id);
CREATE INDEX trail_entry_actor_idx ON trail_entry (tenant_id, actor_id, id);
CREATE INDEX trail_entry_action_idx ON trail_entry (tenant_id, action, id);
CALL secure_tenant_table('trail_entry', 'SELECT, INSERT');
CALL forbid_change('trail_entry');

-- Entries that are not in the tree yet. The sequencer deletes a row when its leaf exists, in the same transaction.
CREATE TABLE trail_pending (
  tenant_id uuid NOT NULL REFERENCES organization (tenant_id),
  entry_id  uuid NOT NULL,
  ordinal   bigint GENERATED ALWAYS AS IDENTITY,
  PRIMARY KEY (tenant_id, entry_id),
  FOREIGN KEY (tenant_id, entry_id) REFERENCES trail_entry (tenant_id, id)
);
CREATE INDEX trail_pending_order_idx ON trail_pending (tenant_id, ordinal);
CALL secure_tenant_table('trail_pending', 'SELECT, INSERT, DELETE');
CALL allow_scheduler('trail_pending', 'tenant_id, entry_id, ordinal');

CREATE TABLE trail_leaf (
  tenant_id  uuid NOT NULL REFERENCES organization (tenant_id),
  leaf_index bigint NOT NULL CHECK (leaf_index >= 0),
  entry_id   uuid NOT NULL,
  leaf_hash  bytea NOT NULL CHECK (octet_length(leaf_hash) = 32),
  PRIMARY KEY (tenant_id, leaf_index),
  UNIQUE (tenant_id, entry_id),
  FOREIGN KEY (tenant_id, entry_id) REFERENCES trail_entry (tenant_id, id)
);
CALL secure_tenant_table('trail_leaf', 'SELECT, INSERT');
CALL forbid_change('trail_leaf');

-- Hashes of complete subtrees above the leaves: (level, node_index) covers leaves [node_index * 2^level, (node_index + 1) * 2^level).
CREATE TABLE trail_node (
  tenant_id  uuid NOT NULL REFERENCES organization (tenant_id),
  level      smallint NOT NULL CHECK (level BETWEEN 1 AND 62),
  node_index bigint NOT NULL CHECK (node_index >= 0),
  hash       bytea NOT NULL CHECK (octet_length(hash) = 32),
  PRIMARY KEY (tenant_id, level, node_index)
);
CALL secure_tenant_table('trail_node', 'SELECT, INSERT');
CALL forbid_change('trail_node');

-- Signed heads of the tree (C2SP tlog-checkpoint). One per size: the log never signs two trees of one size.
CREATE TABLE trail_checkpoint (
  tenant_id uuid NOT NULL REFERENCES organization (tenant_id),
  size      bigint NOT NULL CHECK (size > 0),
  root      bytea NOT NULL CHECK (octet_length(root) = 32),
  note      text NOT NULL CHECK (length(note) BETWEEN 100 AND 4000),
  signed_at timestamptz(3) NOT NULL,
  PRIMARY KEY (tenant_id, size)
);
CALL secure_tenant_table('trail_checkpoint', 'SELECT, INSERT');
CALL forbid_change('trail_checkpoint');
