-- For wrk, in this folder: logins with the right password.
dofile("answers.lua")
dofile("../bench/login.lua")
