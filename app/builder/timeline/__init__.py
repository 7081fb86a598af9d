"""The pass timeline: one sample's forward, loss, backward and update, played stage by stage."""
