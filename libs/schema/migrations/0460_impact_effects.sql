-- A preview tells more than stages: one row per workload and effect of a supposed change of settings. Rows can be had again by asking again.
DROP TABLE impact_preview_row;
CREATE TABLE impact_preview_row (
  tenant_id         uuid NOT NULL REFERENCES organization (tenant_id),
  operation_id      uuid NOT NULL,
  effect            text NOT NULL CHECK (effect IN ('stage', 'coverage', 'drill', 'rhythm', 'review_sooner', 'review_later', 'review_starts', 'review_ends', 'ownership', 'fall')),
  workload_id       uuid NOT NULL,
  -- What the effect is in figures; its shape follows the effect.
  detail            jsonb NOT NULL,
  PRIMARY KEY (tenant_id, operation_id, effect, workload_id),
  FOREIGN KEY (tenant_id, operation_id) REFERENCES operation (tenant_id, id),
  FOREIGN KEY (tenant_id, workload_id) REFERENCES workload (tenant_id, id)
);
CALL secure_tenant_table('impact_preview_row', 'SELECT, INSERT, DELETE');
