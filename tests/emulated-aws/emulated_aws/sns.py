"""SNS: who is subscribed by e-mail has to confirm first."""
