-- Net energy is what was generated less what was consumed, to the last digit.
SELECT site_id, "timestamp", energy_generated_kwh, energy_consumed_kwh, net_energy_kwh
FROM energy_readings
WHERE net_energy_kwh <> energy_generated_kwh - energy_consumed_kwh
