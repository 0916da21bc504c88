delete process.env.CI;
