-- What a notification is about, so that it goes when its workload is withdrawn: it would lead nowhere.
ALTER TABLE notification ADD COLUMN workload_id uuid, ADD FOREIGN KEY (tenant_id, workload_id) REFERENCES workload (tenant_id, id);
CREATE INDEX notification_workload_idx ON notification (tenant_id, workload_id) WHERE workload_id IS NOT NULL;
GRANT DELETE ON notification TO roster_app;
