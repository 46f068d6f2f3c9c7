"""The tutorial's service on FastAPI, as a second opinion: what Cardea answers is compared with what this answers.

Run by `python3 -m uvicorn main:app` with the HS256 secret in TWIN_SECRET. Everything comes from the distribution:
python3-fastapi, python3-uvicorn, python3-jose, python3-passlib, python3-bcrypt, python3-multipart.
"""

import os
import time
from dataclasses import dataclass

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse
from fastapi.security import OAuth2PasswordBearer, OAuth2PasswordRequestForm
from jose import JWTError, jwt
from passlib.context import CryptContext
from pydantic import BaseModel

SECRET = os.environ["TWIN_SECRET"]
ALGORITHM = "HS256"
LIFETIME_SECONDS = 30 * 60
CHALLENGE = {"WWW-Authenticate": "Bearer"}

ROUNDS = int(os.environ.get("TWIN_BCRYPT_ROUNDS", "6"))  # cheap: nothing here is secret
passwords = CryptContext(schemes=["bcrypt"], deprecated="auto", bcrypt__rounds=ROUNDS)


@dataclass(frozen=True)
class Account:
    id: int
    username: str
    password_hash: str
    role: str


ACCOUNTS = {
    account.username: account
    for account in (
        Account(1, "alice", passwords.hash("alicepw"), "admin"),
        Account(2, "bob", passwords.hash("bobpw"), "user"),
    )
}


class Token(BaseModel):
    access_token: str
    token_type: str = "bearer"


class User(BaseModel):
    id: int
    username: str
    role: str


class Greeting(BaseModel):
    status: str
    message: str


bearer_token = OAuth2PasswordBearer(tokenUrl="/auth/login")


def current_user(token: str = Depends(bearer_token)) -> User:
    try:
        claims = jwt.decode(token, SECRET, algorithms=[ALGORITHM])
    except JWTError as error:
        raise HTTPException(401, "Invalid or expired token", headers=CHALLENGE) from error
    subject = claims.get("sub")
    if not subject:
        raise HTTPException(401, "Token missing subject")
    account = ACCOUNTS.get(subject)
    if account is None:
        raise HTTPException(401, "User not found")
    return User(id=account.id, username=account.username, role=account.role)


class RequireRole:
    """A dependency that lets through only users of one role."""

    def __init__(self, role: str):
        self.role = role

    def __call__(self, user: User = Depends(current_user)) -> User:
        if user.role != self.role:
            raise HTTPException(403, f"Requires role: {self.role}")
        return user


routes = APIRouter()


@routes.post("/auth/login", response_model=Token)
def log_in(form: OAuth2PasswordRequestForm = Depends()):
    account = ACCOUNTS.get(form.username)
    if account is None or not passwords.verify(form.password, account.password_hash):
        raise HTTPException(401, "Invalid credentials", headers=CHALLENGE)
    now = int(time.time())
    claims = {"sub": account.username, "role": account.role, "iat": now, "exp": now + LIFETIME_SECONDS}
    return Token(access_token=jwt.encode(claims, SECRET, algorithm=ALGORITHM))


@routes.get("/me", response_model=User)
def me(user: User = Depends(current_user)):
    return user


@routes.get("/admin/stats", response_model=Greeting)
def admin_stats(admin: User = Depends(RequireRole("admin"))):
    return Greeting(status="ok", message=f"Hello admin {admin.username}")


@routes.get("/healthz")
async def healthz():
    return {"status": "ok"}


app = FastAPI(title="Twin")
app.include_router(routes)


@app.exception_handler(HTTPException)
async def in_one_shape(request: Request, refusal: HTTPException) -> JSONResponse:
    """FastAPI's own exceptions only, as in the tutorial: the router's 404 and 405 keep Starlette's shape."""
    error = {"message": refusal.detail, "status": refusal.status_code, "path": request.url.path}
    return JSONResponse({"error": error}, refusal.status_code, headers=refusal.headers)
