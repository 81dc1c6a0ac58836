# Where the jobs of one tenant and environment keep their Iceberg tables on AWS: bucket, Glue database, role, log group.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  account_id     = data.aws_caller_identity.current.account_id
  partition      = data.aws_partition.current.partition
  role_name      = coalesce(var.iam_role_name, "${var.tenant_id}-dativo-etl-role-${var.environment}")
  glue_database  = coalesce(var.glue_database_name, "${var.tenant_id}_iceberg_${var.environment}")
  log_group_name = "/dativo/${var.tenant_id}/${var.environment}"

  own_tags = {
    TenantId    = var.tenant_id
    Environment = var.environment
    ManagedBy   = "terraform"
  }
  cloud_tags = merge(var.tags, local.own_tags)
  namespaced = {
    for key, value in local.cloud_tags :
    "infrastructure.${lower(replace(key, "/([a-z0-9])([A-Z])/", "$${1}_$${2}"))}" => value
  }
  tags = merge(local.cloud_tags, var.infrastructure_tags ? local.namespaced : {})
}

resource "aws_s3_bucket" "data_lake" {
  #checkov:skip=CKV_AWS_144:a second region is a decision about residency and cost that this module cannot take
  #checkov:skip=CKV2_AWS_62:nothing listens to events of this bucket; jobs are scheduled
  bucket        = var.s3_bucket_name
  force_destroy = var.force_destroy
  tags          = local.tags

  lifecycle {
    precondition {
      condition     = data.aws_region.current.region == var.region
      error_message = "The AWS provider works in ${data.aws_region.current.region}, but region is ${var.region}."
    }

    precondition {
      condition     = alltrue([for key, value in local.own_tags : lookup(var.tags, key, value) == value])
      error_message = "tags must not give TenantId, Environment or ManagedBy another value than the module's."
    }

    precondition {
      condition     = alltrue([for key in keys(local.tags) : length(key) <= 128])
      error_message = "With infrastructure_tags a tag's key is longer than AWS's 128 characters."
    }
  }
}

resource "aws_s3_bucket_ownership_controls" "data_lake" {
  bucket = aws_s3_bucket.data_lake.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_public_access_block" "data_lake" {
  bucket                  = aws_s3_bucket.data_lake.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "data_lake" {
  bucket = aws_s3_bucket.data_lake.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "data_lake" {
  bucket = aws_s3_bucket.data_lake.id

  rule {
    bucket_key_enabled = var.kms_key_arn != null

    apply_server_side_encryption_by_default {
      sse_algorithm     = var.kms_key_arn == null ? "AES256" : "aws:kms"
      kms_master_key_id = var.kms_key_arn
    }
  }
}

resource "aws_s3_bucket_policy" "data_lake" {
  bucket = aws_s3_bucket.data_lake.id
  policy = jsonencode(local.bucket_policy)

  depends_on = [aws_s3_bucket_public_access_block.data_lake]
}

# Iceberg itself decides which data files live; what expires here is only what it has already overwritten or deleted.
resource "aws_s3_bucket_lifecycle_configuration" "data_lake" {
  bucket = aws_s3_bucket.data_lake.id

  rule {
    id     = "expire-noncurrent-versions"
    status = "Enabled"

    filter {}

    noncurrent_version_expiration {
      noncurrent_days = var.noncurrent_version_days
    }

    expiration {
      expired_object_delete_marker = true
    }
  }

  rule {
    id     = "abort-unfinished-uploads"
    status = "Enabled"

    filter {}

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }

  depends_on = [aws_s3_bucket_versioning.data_lake]
}

resource "aws_s3_bucket_logging" "data_lake" {
  count = var.access_log_bucket == null ? 0 : 1

  bucket        = aws_s3_bucket.data_lake.id
  target_bucket = var.access_log_bucket
  target_prefix = "${var.s3_bucket_name}/"
}

resource "aws_glue_catalog_database" "lake" {
  count = var.glue_enabled ? 1 : 0

  name         = local.glue_database
  description  = "Iceberg tables of ${var.tenant_id}, ${var.environment}."
  location_uri = "s3://${aws_s3_bucket.data_lake.bucket}/${local.glue_database}"
  tags         = local.tags
}

resource "aws_cloudwatch_log_group" "etl" {
  name              = local.log_group_name
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_kms_key_arn
  tags              = local.tags
}

resource "aws_iam_role" "etl" {
  name                 = local.role_name
  description          = "Tasks that run the Dativo jobs of ${var.tenant_id}, ${var.environment}."
  assume_role_policy   = jsonencode(local.trust_policy)
  permissions_boundary = var.permissions_boundary_arn
  max_session_duration = 3600
  tags                 = local.tags

  lifecycle {
    precondition {
      condition     = length(local.role_name) <= 64
      error_message = "The role's name ${local.role_name} is longer than 64 characters; give a shorter one by iam_role_name."
    }
  }
}

resource "aws_iam_role_policy" "etl" {
  name   = "dativo-etl"
  role   = aws_iam_role.etl.id
  policy = jsonencode(local.role_policy)
}
