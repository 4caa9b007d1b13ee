"""The one way out: every HTTP request this program makes to somebody else goes through `Outbound`."""
