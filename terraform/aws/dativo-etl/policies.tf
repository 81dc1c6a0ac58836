# Who may do what. Plain values, so that a plan shows every statement and a test can read them without AWS.

locals {
  glue_arn = "arn:${local.partition}:glue:${var.region}:${local.account_id}"

  # Nobody, whatever their own rights, reaches the bucket without TLS 1.2.
  bucket_policy = {
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "DenyPlainHttp"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = [aws_s3_bucket.data_lake.arn, "${aws_s3_bucket.data_lake.arn}/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
      {
        Sid       = "DenyOldTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = [aws_s3_bucket.data_lake.arn, "${aws_s3_bucket.data_lake.arn}/*"]
        Condition = { NumericLessThan = { "s3:TlsVersion" = "1.2" } }
      },
    ]
  }

  # Only ECS, and only for tasks of this account and region: no other customer's ECS can be made to use the role.
  trust_policy = {
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "EcsTasks"
        Effect    = "Allow"
        Principal = { Service = "ecs-tasks.amazonaws.com" }
        Action    = "sts:AssumeRole"
        Condition = {
          StringEquals = { "aws:SourceAccount" = local.account_id }
          ArnLike      = { "aws:SourceArn" = "arn:${local.partition}:ecs:${var.region}:${local.account_id}:*" }
        }
      },
    ]
  }

  role_policy = {
    Version   = "2012-10-17"
    Statement = concat(local.bucket_rights, local.glue_rights, local.log_rights, local.key_rights)
  }

  bucket_rights = [
    {
      Sid      = "Bucket"
      Effect   = "Allow"
      Action   = ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"]
      Resource = [aws_s3_bucket.data_lake.arn]
    },
    {
      Sid      = "Objects"
      Effect   = "Allow"
      Action   = ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:PutObject"]
      Resource = ["${aws_s3_bucket.data_lake.arn}/*"]
    },
  ]

  # The database is Terraform's: jobs make, change and drop tables in it, never the database.
  glue_rights = [
    for database in aws_glue_catalog_database.lake[*].name : {
      Sid    = "Tables"
      Effect = "Allow"
      Action = ["glue:CreateTable", "glue:DeleteTable", "glue:GetDatabase", "glue:GetTable", "glue:GetTables", "glue:UpdateTable"]
      Resource = [
        "${local.glue_arn}:catalog",
        "${local.glue_arn}:database/${database}",
        "${local.glue_arn}:table/${database}/*",
      ]
    }
  ]

  log_rights = [
    {
      Sid      = "Logs"
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = ["${aws_cloudwatch_log_group.etl.arn}:*"]
    },
  ]

  key_rights = [
    for key in var.kms_key_arn == null ? [] : [var.kms_key_arn] : {
      Sid       = "KeyThroughBucket"
      Effect    = "Allow"
      Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
      Resource  = [key]
      Condition = { StringEquals = { "kms:ViaService" = "s3.${var.region}.${data.aws_partition.current.dns_suffix}" } }
    }
  ]
}
