"""What publishing a vault with the Digital Garden plugin would do: `notelint publish-report`."""
