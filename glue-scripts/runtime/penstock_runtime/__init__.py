"""What the generated Glue scripts call: the six steps of a run, on Spark, Iceberg and Deequ."""
