"""Where somebody is signed in, for how long that holds, and how they end it from elsewhere."""
