"""Many customers, one incident."""
