"""The outcome of publishing a vault with the Digital Garden plugin: `notelint publish-report`."""
