# Where the jobs of one tenant and environment keep their Iceberg tables on GCP: bucket, dataset, service account.

locals {
  service_account_id = coalesce(var.service_account_id, "${var.tenant_id}-dativo-etl-${var.environment}")
  dataset_id         = coalesce(var.bigquery_dataset_id, "${var.tenant_id}_iceberg_${var.environment}")
  member             = "serviceAccount:${google_service_account.etl.email}"

  own_labels = {
    tenant_id   = var.tenant_id
    environment = var.environment
    managed_by  = "terraform"
  }
  lowered = { for key, value in var.labels : lower(key) => lower(value) }
  labels  = merge(local.lowered, local.own_labels)
}

resource "google_storage_bucket" "data_lake" {
  name                        = var.gcs_bucket_name
  project                     = var.project_id
  location                    = var.region
  storage_class               = "STANDARD"
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = var.force_destroy
  labels                      = local.labels

  versioning {
    enabled = true
  }

  # Iceberg itself decides which data files live; what expires here is only what it has already overwritten or deleted.
  lifecycle_rule {
    action {
      type = "Delete"
    }

    condition {
      days_since_noncurrent_time = var.noncurrent_version_days
      with_state                 = "ARCHIVED"
    }
  }

  lifecycle_rule {
    action {
      type = "AbortIncompleteMultipartUpload"
    }

    condition {
      age = 7
    }
  }

  dynamic "encryption" {
    for_each = var.kms_key_name == null ? [] : [var.kms_key_name]

    content {
      default_kms_key_name = encryption.value
    }
  }

  dynamic "logging" {
    for_each = var.access_log_bucket == null ? [] : [var.access_log_bucket]

    content {
      log_bucket        = logging.value
      log_object_prefix = var.gcs_bucket_name
    }
  }

  lifecycle {
    precondition {
      condition     = alltrue([for key, value in local.own_labels : lookup(local.lowered, key, value) == value])
      error_message = "labels must not give tenant_id, environment or managed_by another value than the module's."
    }
  }
}

resource "google_service_account" "etl" {
  account_id   = local.service_account_id
  project      = var.project_id
  display_name = "Dativo jobs of ${var.tenant_id}, ${var.environment}"
  description  = "Runs the ingestion jobs of one tenant and environment; no rights beyond its bucket and dataset."

  lifecycle {
    precondition {
      condition     = can(regex("\\A[a-z][a-z0-9-]{4,28}[a-z0-9]\\z", local.service_account_id))
      error_message = "${local.service_account_id} cannot be the id of a service account (6 to 30 lower-case letters, digits or hyphens); give one by service_account_id."
    }
  }
}

# Objects: read, write, list, delete. Nothing about who else may.
resource "google_storage_bucket_iam_member" "objects" {
  bucket = google_storage_bucket.data_lake.name
  role   = "roles/storage.objectUser"
  member = local.member
}

# The bucket's own metadata, which clients ask for before they write.
resource "google_storage_bucket_iam_member" "bucket" {
  bucket = google_storage_bucket.data_lake.name
  role   = "roles/storage.legacyBucketReader"
  member = local.member
}

resource "google_bigquery_dataset" "lake" {
  count = var.bigquery_enabled ? 1 : 0

  dataset_id                 = local.dataset_id
  project                    = var.project_id
  location                   = var.region
  friendly_name              = "Iceberg tables of ${var.tenant_id}, ${var.environment}"
  description                = "Metadata of the Iceberg tables in gs://${google_storage_bucket.data_lake.name}."
  delete_contents_on_destroy = var.force_destroy
  labels                     = local.labels

  dynamic "default_encryption_configuration" {
    for_each = var.kms_key_name == null ? [] : [var.kms_key_name]

    content {
      kms_key_name = default_encryption_configuration.value
    }
  }

  lifecycle {
    precondition {
      condition     = can(regex("\\A[A-Za-z0-9_]+\\z", local.dataset_id))
      error_message = "${local.dataset_id} cannot be the id of a dataset (letters, digits and underscores only); give one by bigquery_dataset_id."
    }
  }
}

resource "google_bigquery_dataset_iam_member" "tables" {
  count = var.bigquery_enabled ? 1 : 0

  project    = var.project_id
  dataset_id = google_bigquery_dataset.lake[count.index].dataset_id
  role       = "roles/bigquery.dataEditor"
  member     = local.member
}

resource "google_service_account_iam_member" "kubernetes" {
  for_each = var.kubernetes_service_accounts

  service_account_id = google_service_account.etl.name
  role               = "roles/iam.workloadIdentityUser"
  member             = "serviceAccount:${var.project_id}.svc.id.goog[${each.value}]"
}
