"""What a campaign is for: objective, offering, market, committee, money, period."""
