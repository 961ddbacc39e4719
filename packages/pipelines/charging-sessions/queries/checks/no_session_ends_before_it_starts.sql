SELECT operator, session_id, started_at, ended_at
FROM charging_sessions
WHERE ended_at < started_at
