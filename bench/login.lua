-- For wrk: POST /auth/login as the tutorial's alice.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
wrk.body = "username=alice&password=alicepw"
