"""HTTP for all rooms: calls, endpoints, guards, problem+json, paging cursors, OpenAPI."""
