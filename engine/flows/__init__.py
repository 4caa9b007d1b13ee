"""Flows: BPMN 2.0 read, checked, compiled and executed; approvals as an extension of user tasks."""
