"""The rollout document as a workbook (XLSX): a sheet for each list, a row for each entry."""
