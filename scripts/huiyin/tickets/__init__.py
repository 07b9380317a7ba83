"""Exports of complaints (热线工单导出): read, counted and released, so that nothing of a complainant comes out."""
